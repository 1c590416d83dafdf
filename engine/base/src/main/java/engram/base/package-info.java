/**
 * What every module stands on beside its own subject; nothing here knows a tensor. {@link
 * engram.base.WholeFile} writes files that no reader sees half of, {@link engram.base.FolderLock}
 * keeps two processes from writing in one folder, {@link engram.base.Litter} tells what systems
 * leave there, {@link engram.base.UserCache} says where those files belong that can be made again,
 * {@link engram.base.Parallel} runs a loop on several threads, and {@link engram.base.Spelling}
 * finds the word that was meant.
 */
package engram.base;
