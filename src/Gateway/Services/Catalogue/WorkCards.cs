using Google.Protobuf.Collections;

using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Learner.V1;

namespace KpGrpc.Gateway.Services.Catalogue;

/// <summary>Turns works of the catalogue into what a list shows.</summary>
internal static class WorkCards
{
    private const int SummaryCharsMax = 300;

    /// <summary>A work as a card.</summary>
    /// <param name="work">The work.</param>
    /// <param name="language">Primary language subtag.</param>
    /// <param name="owned">Whether the learner owns it.</param>
    public static WorkCard ToCard(Work work, string language, bool owned) => new()
    {
        WorkId = work.WorkId,
        Title = Text(work.Titles, language),
        Summary = Shorten(Text(work.Descriptions, language)),
        Field = work.Field,
        Kind = work.Kind,
        Level = work.Level,
        Price = work.Price,
        Duration = work.Duration,
        ProducerId = work.ProducerId,
        Owned = owned,
    };

    /// <summary>The text in a language, otherwise the main one, otherwise empty.</summary>
    public static string Text(RepeatedField<LocalizedText> texts, string language)
    {
        var match = texts.FirstOrDefault(text => Languages.Primary(text.LanguageTag) == language) ?? texts.FirstOrDefault();
        return match?.Text ?? string.Empty;
    }

    // Never between the two halves of a character outside the basic plane.
    private static string Shorten(string text)
    {
        if (text.Length <= SummaryCharsMax)
        {
            return text;
        }

        var end = char.IsHighSurrogate(text[SummaryCharsMax - 1]) ? SummaryCharsMax - 1 : SummaryCharsMax;
        return text[..end];
    }
}
