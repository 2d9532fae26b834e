using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>Disputes and what each of them holds in escrow, for whom.</summary>
internal sealed class DisputeTable : IStateTable
{
    private readonly List<Dispute> _all = [];
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EscrowShare>> _escrow = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EscrowShare>> _paid = new(StringComparer.Ordinal);

    /// <summary>All disputes, ordered by the sequence of opening.</summary>
    public IReadOnlyList<Dispute> All => _all;

    /// <summary>A dispute; null where there is none with the id.</summary>
    public Dispute? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>
    /// What is in a dispute's escrow, one entry an organisation and currency, in the order of the first amounts; empty once
    /// it is paid out.
    /// </summary>
    public IReadOnlyList<EscrowShare> EscrowOf(string disputeId) =>
        _escrow.TryGetValue(disputeId, out var shares) ? shares : [];

    /// <summary>
    /// What an upheld claim has paid to the new owners and refunds have not taken back, one entry an owner and currency, in
    /// the order of payment; empty in all other cases.
    /// </summary>
    public IReadOnlyList<EscrowShare> PaidOf(string disputeId) =>
        _paid.TryGetValue(disputeId, out var shares) ? shares : [];

    /// <summary>Adds a dispute whose id is new.</summary>
    internal void Add(Dispute dispute)
    {
        _indexById.Add(dispute.DisputeId, _all.Count);
        _all.Add(dispute);
    }

    /// <summary>Replaces a dispute by itself as it stands now.</summary>
    internal void Update(Dispute dispute) => _all[_indexById[dispute.DisputeId]] = dispute;

    /// <summary>Remembers what was put into a dispute's escrow.</summary>
    internal void Freeze(string disputeId, EscrowShare more) => Add(_escrow, disputeId, more);

    /// <summary>Takes out of a dispute's escrow what a refund gave back; at most what is in it for the organisation.</summary>
    internal void Thaw(string disputeId, EscrowShare less) => Subtract(_escrow, disputeId, less);

    /// <summary>Forgets what was in a dispute's escrow, once it is paid out.</summary>
    internal void Empty(string disputeId) => _escrow.Remove(disputeId);

    /// <summary>Remembers what an upheld claim paid to a new owner.</summary>
    internal void Pay(string disputeId, EscrowShare more) => Add(_paid, disputeId, more);

    /// <summary>Takes off what a new owner gave back for a refund; at most what it has left.</summary>
    internal void Return(string disputeId, EscrowShare less) => Subtract(_paid, disputeId, less);

    string IStateTable.Name => "disputes";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_all);
        foreach (var dispute in _all)
        {
            writer.Records(EscrowOf(dispute.DisputeId));
            writer.Records(PaidOf(dispute.DisputeId));
        }
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<Dispute>(Add);
        foreach (var dispute in _all)
        {
            reader.EachRecord<EscrowShare>(share => Freeze(dispute.DisputeId, share));
            reader.EachRecord<EscrowShare>(share => Pay(dispute.DisputeId, share));
        }
    }

    private static void Add(Dictionary<string, List<EscrowShare>> all, string disputeId, EscrowShare more)
    {
        if (!all.TryGetValue(disputeId, out var shares))
        {
            all.Add(disputeId, shares = []);
        }

        var index = IndexOf(shares, more);
        if (index < 0)
        {
            shares.Add(more);
            return;
        }

        shares[index] = more with { Amount = Plus(shares[index].Amount, more.Amount.MinorUnits) };
    }

    // A part of 0 is dropped: it would be paid by a posting of 0.
    private static void Subtract(Dictionary<string, List<EscrowShare>> all, string disputeId, EscrowShare less)
    {
        var shares = all[disputeId];
        var index = IndexOf(shares, less);
        var left = Plus(shares[index].Amount, -less.Amount.MinorUnits);
        ArgumentOutOfRangeException.ThrowIfNegative(left.MinorUnits, nameof(less));
        if (left.MinorUnits == 0)
        {
            shares.RemoveAt(index);
            return;
        }

        shares[index] = less with { Amount = left };
    }

    private static Money Plus(Money amount, long more) => amount with { MinorUnits = amount.MinorUnits + more };

    private static int IndexOf(List<EscrowShare> shares, EscrowShare wanted) => shares.FindIndex(share =>
        string.Equals(share.OrganizationId, wanted.OrganizationId, StringComparison.Ordinal)
        && string.Equals(share.Amount.CurrencyCode, wanted.Amount.CurrencyCode, StringComparison.Ordinal));
}
