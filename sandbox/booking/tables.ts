/** The tables of booking, as `schema.sql` here creates them. */
// biome-ignore lint/complexity/noBannedTypes: no table yet
export type BookingTables = {}
