using KpGrpc.InferenceServer.Histories;

namespace KpGrpc.InferenceServer.Recommending;

/// <summary>A learner as one request sees her.</summary>
/// <param name="LearnerId">Identifier.</param>
/// <param name="History">Her history.</param>
/// <param name="Trail">Works that express interest, oldest first, each once; those of the session are the newest.</param>
/// <param name="Words">What she says of herself, in this request or before.</param>
/// <param name="Fields">Fields that she prefers, by the contract's numbers.</param>
internal sealed record LearnerView(
    string LearnerId, LearnerHistory History, IReadOnlyList<string> Trail, IReadOnlyList<string> Words, IReadOnlySet<int> Fields)
{
    /// <summary>The learner of a request.</summary>
    public static LearnerView Of(string learnerId, LearnerHistory history, RecommendationQuery query)
    {
        var declared = history.Texts.Where(text => text.Kind == Events.EventKind.Declaration).ToArray();
        return new LearnerView(
            learnerId,
            history,
            [.. history.Interests().Except(query.Session).Concat(query.Session)],
            query.ProfileText.Length > 0 ? [query.ProfileText] : [.. declared.Select(text => text.Words).Where(words => words.Length > 0)],
            query.PreferredFields.Count > 0 ? query.PreferredFields : declared.SelectMany(text => text.Fields).ToHashSet());
    }
}
