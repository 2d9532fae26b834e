using KpGrpc.InferenceServer.Models.Sequence;
using KpGrpc.InferenceServer.Models.Sequence.Serving;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Recommending.Transformer;

/// <summary>The registry's recommender: the version that the learner's hash falls to, or the one that is asked for.</summary>
internal sealed class TransformerSource(ModelCatalog catalog) : IScorerSource
{
    private const string NameDefault = "recommender";

    /// <inheritdoc />
    public string Model => catalog.NameFor(ModelTask.Recommendation) ?? NameDefault;

    /// <inheritdoc />
    public IWorkScorer? For(string learnerId, ScoringTerms terms) => Lent(catalog.TryLease(Model, key: learnerId.Length > 0 ? learnerId : null), terms, byTraffic: true);

    /// <inheritdoc />
    public IWorkScorer? Find(string version, ScoringTerms terms) => Lent(catalog.TryLease(Model, version), terms, byTraffic: false);

    private TransformerScorer? Lent(ModelLease? lease, ScoringTerms terms, bool byTraffic)
    {
        if (lease is null)
        {
            return null;
        }

        if (lease.Model is BatchedModel<SequenceRequest, SequenceReply> { Attachment: SequenceModel model } served)
        {
            return new TransformerScorer(lease, served, model, terms, byTraffic ? catalog : null);
        }

        lease.Dispose(); // a recommender of another kind answers through the Open Inference Protocol alone
        return null;
    }
}
