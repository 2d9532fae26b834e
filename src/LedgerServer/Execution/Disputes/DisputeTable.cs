using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Disputes;

/// <summary>Disputes and what each of them holds in escrow, for whom.</summary>
internal sealed class DisputeTable : IStateTable
{
    private readonly List<Dispute> _all = [];
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<EscrowShare>> _escrow = new(StringComparer.Ordinal);

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

    /// <summary>Adds a dispute whose id is new.</summary>
    internal void Add(Dispute dispute)
    {
        _indexById.Add(dispute.DisputeId, _all.Count);
        _all.Add(dispute);
    }

    /// <summary>Replaces a dispute by itself as it stands now.</summary>
    internal void Update(Dispute dispute) => _all[_indexById[dispute.DisputeId]] = dispute;

    /// <summary>Remembers what was put into a dispute's escrow.</summary>
    internal void Freeze(string disputeId, EscrowShare more)
    {
        if (!_escrow.TryGetValue(disputeId, out var shares))
        {
            _escrow.Add(disputeId, shares = []);
        }

        var index = IndexOf(shares, more);
        if (index < 0)
        {
            shares.Add(more);
            return;
        }

        var amount = shares[index].Amount;
        shares[index] = more with { Amount = amount with { MinorUnits = amount.MinorUnits + more.Amount.MinorUnits } };
    }

    /// <summary>Forgets what was in a dispute's escrow, once it is paid out.</summary>
    internal void Empty(string disputeId) => _escrow.Remove(disputeId);

    string IStateTable.Name => "disputes";

    void IStateTable.Save(StateWriter writer)
    {
        writer.Records(_all);
        foreach (var dispute in _all)
        {
            writer.Records(EscrowOf(dispute.DisputeId));
        }
    }

    void IStateTable.Load(StateReader reader)
    {
        reader.EachRecord<Dispute>(Add);
        foreach (var dispute in _all)
        {
            reader.EachRecord<EscrowShare>(share => Freeze(dispute.DisputeId, share));
        }
    }

    private static int IndexOf(List<EscrowShare> shares, EscrowShare wanted) => shares.FindIndex(share =>
        string.Equals(share.OrganizationId, wanted.OrganizationId, StringComparison.Ordinal)
        && string.Equals(share.Amount.CurrencyCode, wanted.Amount.CurrencyCode, StringComparison.Ordinal));
}
