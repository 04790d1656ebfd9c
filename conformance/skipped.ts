/** Why a check could not be made with this city's test stage. */
export class Skipped extends Error {}
