/** What a data set looks like: images of each class counted, and a contact sheet of them. */
package engram.data.inspect;
