// This file is generated from contract/openapi.yaml by scripts/validators.mjs

// For tests: it ships every validator.
export * from './shared.gen';
export * from './problems.gen';
export * from './manifest.gen';
export * from './sessions.gen';
export * from './verifications.gen';
export * from './accounts.gen';
export * from './findings.gen';
export * from './bills.gen';
export * from './payments.gen';
export * from './mandates.gen';
export * from './refunds.gen';
export * from './receipts.gen';
export * from './papers.gen';
export * from './halls.gen';
export * from './items.gen';
export * from './favourites.gen';
export * from './slots.gen';
export * from './holds.gen';
export * from './visitors.gen';
export * from './appointments.gen';
export * from './waitlist.gen';
export * from './tickets.gen';
export * from './consents.gen';
export * from './data-uses.gen';
export * from './citizen.gen';
export * from './family.gen';
export * from './messages.gen';
export * from './reports.gen';
