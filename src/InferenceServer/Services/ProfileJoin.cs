using Google.Protobuf.WellKnownTypes;
using KpGrpc.InferenceServer.Batching;
using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Histories;
using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Recommending.Scoring;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Profile.V1;

namespace KpGrpc.InferenceServer.Services;

/// <summary>Adds to a profile what other models know of the learner: tags of her own texts, and the recommender's state where it is asked for.</summary>
internal sealed class ProfileJoin(IEnumerable<ILearnerTagger> taggers, Scorers scorers)
{
    private const int TagsMax = 100;

    /// <summary>Joins what the mask asks for; the profile still has to be reduced to it.</summary>
    public async Task<UserProfile> AddAsync(UserProfile profile, LearnerHistory history, FieldMask? mask, CancellationToken cancellationToken)
    {
        if (Names(mask, "tags") || mask is null or { Paths.Count: 0 })
        {
            await AddTagsAsync(profile, history, cancellationToken);
        }

        if (Names(mask, "recommender_state"))
        {
            await AddStateAsync(profile, history, cancellationToken);
        }

        var models = profile.Models.Distinct().OrderBy(model => model.Name, StringComparer.Ordinal).ToArray();
        profile.Models.Clear();
        profile.Models.AddRange(models);
        return profile;
    }

    private static bool Names(FieldMask? mask, string field) =>
        mask?.Paths.Any(path => path == field || path.StartsWith($"{field}.", StringComparison.Ordinal)) ?? false;

    private async Task AddTagsAsync(UserProfile profile, LearnerHistory history, CancellationToken cancellationToken)
    {
        // What she says and judges in her own words; a search is a question, not a statement.
        LearnerText[] texts = [.. history.Texts.Where(text => text.Words.Length > 0 && text.Kind is EventKind.Declaration or EventKind.Rating)];
        foreach (var tagger in texts.Length > 0 ? taggers : [])
        {
            if (await tagger.TagAsync(texts, cancellationToken) is { } found)
            {
                profile.Tags.AddRange(found.Tags
                    .GroupBy(tag => (tag.Label, tag.Text)).Select(same => same.MaxBy(tag => tag.Score)!)
                    .OrderByDescending(tag => tag.Score).ThenBy(tag => tag.Label, StringComparer.Ordinal).ThenBy(tag => tag.Text, StringComparer.Ordinal)
                    .Take(TagsMax).Select(tag => new TagSpan { Label = tag.Label, Text = tag.Text, Score = tag.Score }));
                profile.Models.Add(new ModelRef { Name = found.Model, Version = found.ModelVersion });
            }
        }
    }

    private async Task AddStateAsync(UserProfile profile, LearnerHistory history, CancellationToken cancellationToken)
    {
        using var scorer = scorers.For(profile.LearnerId, new ScoringTerms(Priority.Interactive, DateTimeOffset.MaxValue));
        var trail = history.Interests();
        if (await scorer.StateAsync(trail, cancellationToken) is { } vector)
        {
            var model = new ModelRef { Name = scorer.Model, Version = scorer.Version };
            profile.RecommenderState = new RecommenderState { HistoryLength = (uint)trail.Count, Model = model, Vector = { vector } };
            profile.Models.Add(model);
        }
    }
}
