namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>Gives one table back what it saved, call by call in the order of saving.</summary>
/// <param name="input">The content, at the table's section.</param>
internal sealed class StateReader(BinaryReader input)
{
    /// <summary>What <see cref="StateWriter.Compact"/> wrote, for the table to read exactly that.</summary>
    public BinaryReader Compact => input;

    /// <summary>Reads back the records of one <see cref="StateWriter.Records{T}(IEnumerable{T})"/>, in their order.</summary>
    /// <param name="add">Takes each.</param>
    /// <exception cref="InvalidDataException">The snapshot was written by another build, or is damaged.</exception>
    public void EachRecord<T>(Action<T> add) => RecordCodec.Read(input, add);
}
