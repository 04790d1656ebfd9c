import { mergeInternalComponents } from '@tarojs/shared'

declare const ADDED_ATTRIBUTES: Record<string, Record<string, string>>

/** The views number attributes from the same table as the templates. Not in the lean build, which ships a table of its own. */
mergeInternalComponents(ADDED_ATTRIBUTES)
