/**
 * Files that can be read by name, wherever they lie: an {@link engram.data.archive.Archive} is a
 * folder or a zip. {@link engram.data.archive.FileTree} lists a folder, {@link
 * engram.data.archive.Table} reads tables as spreadsheets and other programs write them.
 */
package engram.data.archive;
