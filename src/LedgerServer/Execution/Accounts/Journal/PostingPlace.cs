namespace KpGrpc.LedgerServer.Execution.Accounts.Journal;

/// <summary>Where a posting stands in the order of all postings of a ledger.</summary>
/// <param name="Sequence">The receipt.</param>
/// <param name="EffectIndex">Position of the effect in it.</param>
/// <param name="Part">Position within the effect.</param>
internal readonly record struct PostingPlace(ulong Sequence, uint EffectIndex, uint Part) : IComparable<PostingPlace>
{
    /// <inheritdoc/>
    public int CompareTo(PostingPlace other)
    {
        var order = Sequence.CompareTo(other.Sequence);
        order = order == 0 ? EffectIndex.CompareTo(other.EffectIndex) : order;
        return order == 0 ? Part.CompareTo(other.Part) : order;
    }
}
