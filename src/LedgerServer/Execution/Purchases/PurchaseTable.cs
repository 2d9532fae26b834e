using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Purchases;

/// <summary>Purchases by id and by place in the order.</summary>
internal sealed class PurchaseTable : IStateTable
{
    private readonly Dictionary<string, PurchaseRecord> _byId = new(StringComparer.Ordinal);
    private readonly Dictionary<ulong, PurchaseRecord> _bySequence = [];

    /// <summary>Number of purchases.</summary>
    public int Count => _byId.Count;

    /// <summary>A purchase; null where there is none with the id.</summary>
    public PurchaseRecord? Find(string id) => _byId.GetValueOrDefault(id);

    /// <summary>The purchase that the command at a sequence made; null where it made none.</summary>
    public PurchaseRecord? FindBySequence(ulong sequence) => _bySequence.GetValueOrDefault(sequence);

    /// <summary>Adds a purchase whose id is new.</summary>
    internal void Add(PurchaseRecord purchase)
    {
        _byId.Add(purchase.PurchaseId, purchase);
        _bySequence.Add(purchase.Sequence, purchase);
    }

    string IStateTable.Name => "purchases";

    void IStateTable.Save(StateWriter writer) =>
        writer.Records(_byId.Values, (left, right) => left.Sequence.CompareTo(right.Sequence));

    void IStateTable.Load(StateReader reader) => reader.EachRecord<PurchaseRecord>(Add);
}
