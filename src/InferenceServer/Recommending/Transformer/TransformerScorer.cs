using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Recommending.Transformer;

/// <summary>Scores by one version of the transformer, through its batcher. For one request.</summary>
/// <param name="lease">Keeps the version in memory; given back on disposal.</param>
/// <param name="served">The version.</param>
/// <param name="model">Its ids, counts and prior.</param>
/// <param name="terms">How urgent the request is.</param>
/// <param name="shadows">Where copies for shadow versions go; null for none.</param>
internal sealed class TransformerScorer(
    ModelLease lease, BatchedModel<SequenceRequest, SequenceReply> served, SequenceModel model, ScoringTerms terms, ModelCatalog? shadows) : IWorkScorer
{
    private const float Least = 1e-3f; // of a work that the model speaks for: 0 says that it has nothing to say

    // Where the catalogue has the model's works: the same for all requests to one version.
    private static readonly ConditionalWeakTable<SequenceModel, RowMap> Maps = [];

    /// <inheritdoc />
    public string Model => lease.Card.Name;

    /// <inheritdoc />
    public string Version => lease.Card.Version;

    /// <inheritdoc />
    public RankPath Path => RankPath.Transformer;

    /// <inheritdoc />
    public BatchFacts? Batch { get; private set; }

    /// <inheritdoc />
    public bool Knows(string workId) => model.IndexOf(workId) is not null;

    /// <inheritdoc />
    public async ValueTask ScoreAsync(WorkTable table, IReadOnlyList<string> trail, Memory<float> scores, CancellationToken cancellationToken)
    {
        var history = model.Encode(trail);
        if (history.Length == 0)
        {
            return;
        }

        shadows?.Shadow(Model, (other, priority, deadline, token) => AskShadowAsync(other, trail, priority, deadline, token));
        var reply = await served.Batcher.SubmitAsync(new SequenceRequest(history), terms.Priority, terms.Deadline, cancellationToken);
        Batch = reply.Facts;
        using (reply.Value)
        {
            var known = reply.Value.Scores;
            new CountsPrior(model.Counts).Add(history, known, model.Prior);
            Spread(known, Maps.GetValue(model, static key => new RowMap(key)).Of(table), scores.Span);
        }
    }

    /// <inheritdoc />
    public ValueTask<IReadOnlyList<(string WorkId, double Share)>> ExplainAsync(
        IReadOnlyList<string> trail, string workId, int most, CancellationToken cancellationToken)
    {
        // The counts beside the network say which works of the history are followed by this one; attention weights do not.
        IReadOnlyList<(string WorkId, double Share)> parts = model.IndexOf(workId) is { } item
            ? [.. model.Counts.Explain(model.Encode(trail), item, most).Select(part => (model.WorkIds[part.Item], part.Share))]
            : [];
        return ValueTask.FromResult(parts);
    }

    /// <inheritdoc />
    public async ValueTask<float[]?> StateAsync(IReadOnlyList<string> trail, CancellationToken cancellationToken)
    {
        var reply = await served.Batcher.SubmitAsync(new SequenceRequest(model.Encode(trail)), terms.Priority, terms.Deadline, cancellationToken);
        Batch = reply.Facts;
        using (reply.Value)
        {
            return reply.Value.State;
        }
    }

    /// <inheritdoc />
    public void Dispose() => lease.Dispose();

    private static async Task AskShadowAsync(IServedModel other, IReadOnlyList<string> trail, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (other is BatchedModel<SequenceRequest, SequenceReply> { Attachment: SequenceModel shadow } served)
        {
            (await served.Batcher.SubmitAsync(new SequenceRequest(shadow.Encode(trail)), priority, deadline, cancellationToken)).Value.Dispose();
        }
    }

    private static void Spread(ReadOnlySpan<float> known, ReadOnlySpan<int> rows, Span<float> scores)
    {
        var lowest = TensorPrimitives.Min(known);
        for (var item = 0; item < known.Length; item++)
        {
            if ((uint)rows[item] < (uint)scores.Length)
            {
                scores[rows[item]] = known[item] - lowest + Least;
            }
        }
    }
}
