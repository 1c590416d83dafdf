/** {@code engram atlas}: every op of the engine on one page, made from the ops themselves. */
package engram.bench.atlas;
