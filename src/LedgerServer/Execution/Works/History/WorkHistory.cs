using KpGrpc.LedgerServer.Execution.Effects;
using KpGrpc.LedgerServer.Execution.Effects.Copyright;
using KpGrpc.LedgerServer.Execution.Effects.Payment;
using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Works.History;

/// <summary>What happened to each work, taken from the effects of receipts, so that nothing is told that is not proven.</summary>
internal sealed class WorkHistory : IStateTable
{
    private readonly List<WorkEvent> _all = [];
    private readonly Dictionary<string, List<WorkEvent>> _byWork = new(StringComparer.Ordinal);

    /// <summary>The events of a work, ordered by sequence, then effect index.</summary>
    public IReadOnlyList<WorkEvent> Of(string workId) => _byWork.TryGetValue(workId, out var events) ? events : [];

    /// <summary>Notes the effects of an executed command that concern a work.</summary>
    internal void Note(ulong sequence, IReadOnlyList<Effect> effects, LedgerState state)
    {
        for (var i = 0; i < effects.Count; i++)
        {
            if (WorkOf(effects[i], state) is { } workId)
            {
                Add(new WorkEvent(workId, sequence, (uint)i, effects[i].GetType().Name));
            }
        }
    }

    string IStateTable.Name => "work-history";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<WorkEvent>(Add);

    private void Add(WorkEvent happened)
    {
        _all.Add(happened);
        if (!_byWork.TryGetValue(happened.WorkId, out var events))
        {
            _byWork.Add(happened.WorkId, events = []);
        }

        events.Add(happened);
    }

    private static string? WorkOf(Effect effect, LedgerState state) => effect switch
    {
        WorkRegistered registered => registered.WorkId,
        OwnershipTransferred passed => passed.WorkId,
        OfferPublished published => published.WorkId,
        OfferWithdrawn withdrawn => state.Offers.Find(withdrawn.OfferId)!.Details.WorkId,
        LicenceGranted granted => granted.Licence.WorkId,
        LicenceTransferred passed => state.Licences.Find(passed.LicenceId)!.WorkId,
        LicenceRevoked revoked => revoked.WorkId,
        DisputeOpened opened => opened.WorkId,
        DisputeVoted voted => state.Disputes.Find(voted.DisputeId)!.WorkId,
        DisputeResolved resolved => state.Disputes.Find(resolved.DisputeId)!.WorkId,
        PurchaseMade made => made.WorkId,
        PoolSettled settled => settled.WorkId,
        PurchaseRefunded refunded => state.Purchases.Find(refunded.PurchaseId)!.WorkId,
        _ => null,
    };
}
