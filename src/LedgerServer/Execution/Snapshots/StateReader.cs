namespace KpGrpc.LedgerServer.Execution.Snapshots;

/// <summary>Gives one table back what it saved, call by call in the order of saving.</summary>
/// <param name="input">The content, at the table's section.</param>
internal sealed class StateReader(BinaryReader input)
{
    /// <summary>What <see cref="StateWriter.Compact"/> wrote, for the table to read exactly that.</summary>
    public BinaryReader Compact => input;

    /// <summary>Reads a number of items, each of which takes bytes that are there: a damaged one must not ask for memory.</summary>
    /// <param name="bytesEach">Least bytes of an item.</param>
    /// <exception cref="InvalidDataException">It is negative, or there is no room for as many.</exception>
    public int Count(int bytesEach)
    {
        var count = input.ReadInt32();
        return count >= 0 && count <= (input.BaseStream.Length - input.BaseStream.Position) / bytesEach
            ? count
            : throw new InvalidDataException($"it says that {count} items follow, for which there is no room");
    }

    /// <summary>Reads back the records of one <see cref="StateWriter.Records{T}(IEnumerable{T})"/>, in their order.</summary>
    /// <param name="add">Takes each.</param>
    /// <exception cref="InvalidDataException">The snapshot was written by another build, or is damaged.</exception>
    public void EachRecord<T>(Action<T> add) => RecordCodec.Read(input, add);
}
