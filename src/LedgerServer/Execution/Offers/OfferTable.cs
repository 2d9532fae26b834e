using KpGrpc.LedgerServer.Execution.Snapshots;

namespace KpGrpc.LedgerServer.Execution.Offers;

/// <summary>Offers, open and withdrawn.</summary>
internal sealed class OfferTable : IStateTable
{
    private readonly Dictionary<string, int> _indexById = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> _indexesByWork = new(StringComparer.Ordinal);
    private readonly List<Offer> _all = [];

    /// <summary>All offers, ordered by the sequence of publication.</summary>
    public IReadOnlyList<Offer> All => _all;

    /// <summary>An offer; null where there is none with the id.</summary>
    public Offer? Find(string id) => _indexById.TryGetValue(id, out var index) ? _all[index] : null;

    /// <summary>The offers of a work, ordered by the sequence of publication.</summary>
    public IReadOnlyList<Offer> OfWork(string workId) =>
        _indexesByWork.TryGetValue(workId, out var indexes) ? [.. indexes.Select(index => _all[index])] : [];

    /// <summary>Adds an offer whose id is new.</summary>
    internal void Add(Offer offer)
    {
        _indexById.Add(offer.Details.OfferId, _all.Count);
        if (!_indexesByWork.TryGetValue(offer.Details.WorkId, out var indexes))
        {
            _indexesByWork.Add(offer.Details.WorkId, indexes = []);
        }

        indexes.Add(_all.Count);
        _all.Add(offer);
    }

    /// <summary>Replaces an offer by itself as it stands now.</summary>
    internal void Update(Offer offer) => _all[_indexById[offer.Details.OfferId]] = offer;

    string IStateTable.Name => "offers";

    void IStateTable.Save(StateWriter writer) => writer.Records(_all);

    void IStateTable.Load(StateReader reader) => reader.EachRecord<Offer>(Add);
}
