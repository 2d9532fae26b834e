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
        if (because is not null)
        {
            var title = because.TitleIn(chinese ? "zh" : "en");
            title = title.Length > TitleMax ? $"{title[..TitleMax]}…" : title;
            return chinese ? $"因为你学过《{title}》" : $"Because you took “{title}”";
        }

        return result.Because.Count > 0
            ? chinese ? "因为你最近学过的内容" : "Because of what you took lately"
            : chinese ? "很多学习者选择了它" : "Many learners chose it";
    }
}
