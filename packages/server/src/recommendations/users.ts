/** Whose the calls of the public record are. */
export const houseUser = 'house'

/** Without accounts there is one user beside the house: whoever sits at the machine. */
export const localUser = 'local'
