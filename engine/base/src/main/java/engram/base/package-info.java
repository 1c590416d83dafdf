/**
 * What every module stands on beside its own subject; nothing here knows a tensor. {@link
 * engram.base.WholeFile} writes files that no reader sees half of, {@link engram.base.FolderLock}
 * keeps two processes from writing in one folder, {@link engram.base.Litter} tells what systems
 * leave there, {@link engram.base.UserCache} says where those files belong that can be made again,
 * {@link engram.base.InputFile} reads what others made, {@link engram.base.EnvironmentProxy}
 * follows {@code HTTPS_PROXY}, {@link engram.base.Excerpt} shows a value in a message, {@link
 * engram.base.Reason} says why something could not be reached, {@link engram.base.UserPath} knows
 * {@code ~}, {@link engram.base.Parallel} runs a loop on several threads, and {@link
 * engram.base.Spelling} finds the word that was meant.
 */
package engram.base;
