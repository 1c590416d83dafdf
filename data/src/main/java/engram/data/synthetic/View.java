package engram.data.synthetic;

/**
 * One frame's camera: where the sign is in the crop, how sharp and how bright it is.
 *
 * @param face from pixels to the face of the sign
 * @param pixel width of a pixel on the face
 * @param blur sigma of the Gaussian blur, pixels
 * @param smearX motion blur, pixels
 * @param smearY motion blur, pixels
 * @param exposure light on the sign
 * @param backdropX texel of the backdrop in the middle of the crop
 * @param backdropY texel of the backdrop in the middle of the crop
 * @param backdropZoom texels a pixel
 * @param parallaxX shift of things in front of the sign, radii
 * @param parallaxY shift of things in front of the sign, radii
 * @param noise makes the noise of this frame
 */
record View(
    Homography face,
    float pixel,
    float blur,
    float smearX,
    float smearY,
    float exposure,
    float backdropX,
    float backdropY,
    float backdropZoom,
    float parallaxX,
    float parallaxY,
    Dice noise) {}
