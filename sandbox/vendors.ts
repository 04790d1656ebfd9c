/** Filled in below. */
export type Vendors = { readonly name: string }
