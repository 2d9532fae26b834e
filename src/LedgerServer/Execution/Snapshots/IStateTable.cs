namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>
/// A table of <see cref="LedgerState"/> that a snapshot keeps. Every table implements it explicitly and stands in
/// <see cref="LedgerState.Tables"/>; for most of them it is two lines:
/// <code>
/// void IStateTable.Save(StateWriter writer) =&gt; writer.Records(_all);
/// void IStateTable.Load(StateReader reader) =&gt; reader.EachRecord&lt;Offer&gt;(Add);
/// </code>
/// Records are immutable types whose every field belongs to a public property (or public field) that can be set:
/// <see cref="RecordCodec"/> refuses others, and abstract records are saved with their type's name. Only what cannot be
/// computed from the records is saved: indexes and sums are made again by <see cref="Load"/>.
/// </summary>
internal interface IStateTable
{
    /// <summary>Name of its section: lower-case words with hyphens, unique in the state.</summary>
    string Name { get; }

    /// <summary>
    /// Hands everything to the writer, in an order that follows from the commands alone. Runs on the engine's thread
    /// between two commits, so it only collects references to immutable records: the writer encodes them later.
    /// </summary>
    void Save(StateWriter writer);

    /// <summary>
    /// Takes back what <see cref="Save"/> handed over, in the same calls. Runs on a table as its constructor made it:
    /// what came from the genesis is dropped first.
    /// </summary>
    void Load(StateReader reader);
}
