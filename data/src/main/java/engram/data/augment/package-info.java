/** Ways to vary an image in place, from one time that it is seen to the next. */
package engram.data.augment;
