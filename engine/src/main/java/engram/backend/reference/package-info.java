/**
 * The backend that every other one is tested against: {@link
 * engram.backend.reference.ReferenceBackend} runs the definition of each op, plain loops in double
 * precision on one thread.
 */
package engram.backend.reference;
