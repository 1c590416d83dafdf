/**
 * What is drawn of a run, each picture a class: charts ({@link engram.bench.picture.AccuracyChart},
 * {@link engram.bench.picture.ConfusionChart}, in {@link engram.bench.picture.ChartStyle}) and
 * images of data ({@link engram.bench.picture.ClassPictures}, {@link
 * engram.bench.picture.FilterPicture}, side by side in an {@link engram.bench.picture.ImageSheet}).
 * {@link engram.bench.picture.Png} is the file. None of them knows a file.
 */
package engram.bench.picture;
