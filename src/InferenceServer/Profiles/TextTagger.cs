using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Models.Tagging;
using KpGrpc.InferenceServer.Models.Tagging.Tokens;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.InferenceServer.Registry.Serving;

namespace KpGrpc.InferenceServer.Profiles;

/// <summary>Finds mentions in texts with the registry's tagger: tokens are made on the caller's flow, the network runs in batches. Thread-safe.</summary>
internal sealed class TextTagger(ModelCatalog catalog)
{
    private const int InteractiveMax = 16; // more texts in one request are nobody's waiting screen
    private const int TogetherMax = 64;    // texts of a request that wait for a batch at a time

    /// <summary>Tags texts.</summary>
    /// <param name="texts">Texts, each at least 1 character.</param>
    /// <param name="name">Tagger; null for the one in traffic.</param>
    /// <param name="version">Version; null for the one in traffic.</param>
    /// <param name="deadline">After it nothing is computed.</param>
    /// <param name="cancellationToken">The request's.</param>
    /// <returns>Null where no such tagger is ready.</returns>
    public async Task<TaggedTexts?> TagAsync(IReadOnlyList<string> texts, string? name, string? version, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        var model = name ?? catalog.NameFor(ModelTask.Tagging);
        using var lease = model is null ? null : catalog.TryLease(model, version);
        if (texts.Count == 0 || lease?.Model is not BatchedModel<TokenizedText, TagReply> { Attachment: TaggingTokenizer tokenizer } served)
        {
            return null;
        }

        if (version is null)
        {
            catalog.Shadow(model!, (other, priority, until, token) => ShadowAsync(other, texts, priority, until, token));
        }

        var priority = texts.Count <= InteractiveMax ? Priority.Interactive : Priority.Bulk;
        var results = new List<TaggedWords>(texts.Count);
        var slowest = default(BatchFacts);
        foreach (var group in texts.Chunk(TogetherMax))
        {
            var tokens = Array.ConvertAll(group, tokenizer.Tokenize);
            var replies = await Task.WhenAll(tokens.Select(text => served.Batcher.SubmitAsync(text, priority, deadline, cancellationToken)));
            results.AddRange(replies.Select((reply, at) => new TaggedWords(reply.Value, tokens[at].Truncated)));
            var facts = replies.MaxBy(reply => reply.Facts.QueueTime + reply.Facts.ComputeTime).Facts;
            slowest = facts.QueueTime + facts.ComputeTime > slowest.QueueTime + slowest.ComputeTime ? facts : slowest;
        }

        return new TaggedTexts(lease.Card.Name, lease.Card.Version, results, slowest);
    }

    private static async Task ShadowAsync(IServedModel other, IReadOnlyList<string> texts, Priority priority, DateTimeOffset deadline, CancellationToken cancellationToken)
    {
        if (other is BatchedModel<TokenizedText, TagReply> { Attachment: TaggingTokenizer tokenizer } served)
        {
            await Task.WhenAll(texts.Take(TogetherMax).Select(text => served.Batcher.SubmitAsync(tokenizer.Tokenize(text), priority, deadline, cancellationToken)));
        }
    }
}
