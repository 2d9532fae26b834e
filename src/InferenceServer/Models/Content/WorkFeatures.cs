using System.Globalization;
using KpGrpc.InferenceServer.Catalog;

namespace KpGrpc.InferenceServer.Models.Content;

/// <summary>The features of works and of fields.</summary>
internal static class WorkFeatures
{
    /// <summary>Title, labels, field and description of a work, each by its weight.</summary>
    public static FeatureBag Of(Work work, ContentOptions options)
    {
        var body = work.Texts.Body.Length > options.BodyCharactersMax ? work.Texts.Body[..options.BodyCharactersMax] : work.Texts.Body;
        var bag = new FeatureBag()
            .AddText(work.Texts.Titles, (float)options.TitleWeight)
            .AddText(work.Texts.Labels, (float)options.LabelWeight)
            .AddText(body, 1)
            .AddLabel(FieldLabel(work.Field), (float)options.LabelWeight);
        foreach (var label in work.Texts.Labels.Split(SearchText.Separator, StringSplitOptions.RemoveEmptyEntries))
        {
            bag.AddLabel(label, (float)options.LabelWeight);
        }

        return bag;
    }

    /// <summary>The label of a field of knowledge.</summary>
    private static string FieldLabel(int field) => string.Create(CultureInfo.InvariantCulture, $"field:{field}");
}
