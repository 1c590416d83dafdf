/** Chapter 1: offsets, sizes and views, each graded on a thousand random shapes. */
package engram.learn.shapes;
