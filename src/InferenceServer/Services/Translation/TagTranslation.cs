using KpGrpc.InferenceServer.Profiles;
using KpGrpc.InferenceServer.Registry;
using KpGrpc.Protos.Model.V1;
using KpGrpc.Protos.Profile.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Tagging between the contract and the server.</summary>
internal static class TagTranslation
{
    private const int TextsMax = 256;
    private const int TextMax = 4_000;

    /// <summary>Checks a request.</summary>
    public static void Check(FieldViolations faults, TagTextRequest request)
    {
        faults.Require(request.Texts.Count is > 0 and <= TextsMax, "texts", $"must be 1 to {TextsMax}");
        for (var index = 0; index < request.Texts.Count; index++)
        {
            faults.Require(request.Texts[index].Length is > 0 and <= TextMax, $"texts[{index}]", $"must be 1 to {TextMax} characters");
        }

        faults.Require(request.ScoreMin is >= 0 and <= 1, "score_min", "must be 0 to 1");
        faults.Require(request.Model is null || CardRules.IsName(request.Model.Name), "model.name", CardRules.NameRule);
        faults.Require(request.Model is null || request.Model.Version.Length == 0 || CardRules.IsVersion(request.Model.Version), "model.version", CardRules.VersionRule);
    }

    /// <summary>The mentions that the caller wants.</summary>
    public static TagTextResponse ToProto(TagTextRequest request, TaggedTexts tagged)
    {
        var wanted = request.Labels.ToHashSet(StringComparer.Ordinal);
        var answer = new TagTextResponse { Model = new ModelRef { Name = tagged.Model, Version = tagged.Version } };
        answer.Results.AddRange(tagged.Texts.Select((words, index) =>
        {
            var points = new CodePoints(request.Texts[index]);
            var text = new TaggedText { Truncated = words.Truncated };
            text.Spans.AddRange(words.Reply.Spans
                .Select((span, at) => new TagSpan
                {
                    Start = (uint)span.Start,
                    End = (uint)span.End,
                    Text = points.Between(span.Start, span.End),
                    Label = span.Label,
                    Score = words.Reply.Scores[at],
                })
                .Where(span => span.Score >= request.ScoreMin && (wanted.Count == 0 || wanted.Contains(span.Label)))
                .OrderBy(span => span.Start).ThenBy(span => span.End));
            return text;
        }));
        return answer;
    }
}
