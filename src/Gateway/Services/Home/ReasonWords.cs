using KpGrpc.Gateway.Services.Catalogue;
using KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.Gateway.Services.Home;

/// <summary>Says why a work is recommended where the InferenceServer gave no words, in Chinese and English.</summary>
internal static class ReasonWords
{
    /// <summary>The reason in words.</summary>
    /// <param name="path">Way by which the work came into the list.</param>
    /// <param name="becauseTitle">Title of the work of her history that speaks for it; null where there is none.</param>
    /// <param name="language">Primary language subtag; English where it is not Chinese.</param>
    public static string Say(RecommendationPath path, string? becauseTitle, string language)
    {
        var chinese = language == Languages.Chinese;
        if (!string.IsNullOrEmpty(becauseTitle))
        {
            return chinese ? $"因为你学过《{becauseTitle}》" : $"Because you took up “{becauseTitle}”";
        }

        return path switch
        {
            RecommendationPath.Popular => chinese ? "很多学员正在学" : "Many learners take it up now",
            RecommendationPath.Content => chinese ? "与你感兴趣的内容相近" : "Close to what interests you",
            RecommendationPath.Exploration => chinese ? "新内容，值得一试" : "New, and worth a try",
            RecommendationPath.Rule => chinese ? "平台推荐" : "Recommended by the platform",
            _ => chinese ? "与你的学习经历相符" : "Fits what you have learnt so far",
        };
    }
}
