using System.Collections.Immutable;
using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Recommending;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Reasons in words, Chinese for tags that begin with <c>zh</c>, else English.</summary>
internal static class Explanation
{
    private const int TitleMax = 200;

    /// <summary>One sentence of at most 500 characters.</summary>
    public static string InWords(Recommended result, ImmutableSortedDictionary<string, Work> catalog, string language)
    {
        var chinese = language.StartsWith("zh", StringComparison.OrdinalIgnoreCase);
        var because = result.Because.Select(part => catalog.GetValueOrDefault(part.WorkId)).OfType<Work>().FirstOrDefault();
        var (english, inChinese) = (result.Path, because) switch
        {
            (RankPath.Content, not null) => ("Because it is like “{0}”", "因为它与《{0}》相似"),
            (_, not null) => ("Because you took “{0}”", "因为你学过《{0}》"),
            (RankPath.Rule, _) => ("Picked for you by the platform", "平台为你挑选"),
            (RankPath.Exploration, _) => ("New here: be among the first", "新内容，邀你先看"),
            (RankPath.Popular, _) => ("Many learners chose it", "很多学习者选择了它"),
            (RankPath.Content, _) when result.Because.Count == 0 => ("Because of what you told about yourself", "根据你的自我介绍"),
            _ => ("Because of what you took lately", "因为你最近学过的内容"),
        };
        var title = because?.TitleIn(chinese ? "zh" : "en") ?? "";
        title = title.Length > TitleMax ? $"{title[..TitleMax]}…" : title;
        return (chinese ? inChinese : english).Replace("{0}", title, StringComparison.Ordinal);
    }
}
