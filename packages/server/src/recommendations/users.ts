/** Whose the calls of the public record are. */
export const houseUser = 'house'

/** Whoever sits at the machine, with an account or without any. */
export const localUser = 'local'
