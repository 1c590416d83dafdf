/** Pictures: from the bytes of a file to a batch in an order by lot, moved and mirrored. */
package engram.learn.pictures;
