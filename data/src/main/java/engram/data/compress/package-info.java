/**
 * A lossy code of images that takes exactly as many bytes as it is given. {@link
 * engram.data.compress.ImageCodec} is what others see. A {@code CosineTransform} of the whole image
 * gathers what it shows in few coefficients; {@code BitPlanes} tells their bits, those that matter
 * most first, and asks {@code Chances} how likely each is; {@code RangeEncoder} makes bytes of them
 * until there is no more room, and {@code RangeDecoder} takes those bits out again that the bytes
 * settle.
 */
package engram.data.compress;
