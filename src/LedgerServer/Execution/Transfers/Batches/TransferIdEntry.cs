namespace KpGrpc.LedgerServer.Execution.Transfers.Batches;

/// <summary>The first outcome under a transfer id: 32 bytes, because a ledger keeps every one of them for ever.</summary>
/// <param name="High">Upper half of the id.</param>
/// <param name="Low">Lower half of the id.</param>
/// <param name="BodyHash">What "the same entry" means, see <see cref="EntryHash"/>.</param>
/// <param name="Packed">From the top: 1 bit set, 14 bits organisation's ordinal, 7 bits reason, 42 bits sequence; 0 in an empty slot.</param>
internal readonly record struct TransferIdEntry(ulong High, ulong Low, ulong BodyHash, ulong Packed)
{
    /// <summary>First sequence that an entry cannot hold: 2^42, centuries at any rate that the log allows.</summary>
    public const ulong SequenceEnd = 1UL << SequenceBits;

    private const int SequenceBits = 42;
    private const int ReasonBits = 7;
    private const int OrganizationBits = 14;
    private const ulong Used = 1UL << 63;

    /// <summary>Whether nothing stands in the slot.</summary>
    public bool IsEmpty => Packed == 0;

    /// <summary>Receipt of the first outcome.</summary>
    public ulong Sequence => Packed & (SequenceEnd - 1);

    /// <summary>Why it was refused; none where it was made.</summary>
    public RejectionReason Refused => (RejectionReason)((Packed >> SequenceBits) & ((1UL << ReasonBits) - 1));

    /// <summary>Ordinal of the organisation that submitted.</summary>
    public uint Organization => (uint)((Packed >> (SequenceBits + ReasonBits)) & ((1UL << OrganizationBits) - 1));

    /// <summary>Makes an entry.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A part does not fit its bits.</exception>
    public static TransferIdEntry Of(uint organization, UInt128 id, ulong bodyHash, RejectionReason refused, ulong sequence)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(organization, 1U << OrganizationBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)refused, 1U << ReasonBits);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(sequence, SequenceEnd);
        var packed = Used
            | ((ulong)organization << (SequenceBits + ReasonBits))
            | ((ulong)refused << SequenceBits)
            | sequence;
        return new TransferIdEntry((ulong)(id >> 64), (ulong)id, bodyHash, packed);
    }

    /// <summary>Whether it stands for an organisation's id.</summary>
    public bool Is(uint organization, ulong high, ulong low) =>
        High == high && Low == low && Organization == organization;

    /// <summary>Orders entries by id, then organisation.</summary>
    public static int Compare(TransferIdEntry left, TransferIdEntry right)
    {
        var order = left.High.CompareTo(right.High);
        order = order == 0 ? left.Low.CompareTo(right.Low) : order;
        return order == 0 ? left.Organization.CompareTo(right.Organization) : order;
    }
}
