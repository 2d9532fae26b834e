using Google.Protobuf.Collections;
using KpGrpc.Protos.Catalog.V1;
using KpGrpc.Protos.Type.V1;
using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Rules;

/// <summary>The rules of a work, as the contract states them.</summary>
internal static class WorkRules
{
    /// <summary>Records every fault of a work under its path.</summary>
    public static void Check(FieldViolations faults, string path, Work work)
    {
        faults.Require(IsWorkId(work.WorkId), $"{path}.work_id", "must be 1 to 128 characters of A-Z a-z 0-9 _ . : -");
        CheckTexts(faults, $"{path}.titles", work.Titles, 1, 500);
        CheckTexts(faults, $"{path}.descriptions", work.Descriptions, 0, 20_000);
        faults.Require(Enum.IsDefined(work.Field) && work.Field != KnowledgeField.Unspecified, $"{path}.field", "must be one of the contract's");
        faults.Require(Enum.IsDefined(work.Kind) && work.Kind != WorkKind.Unspecified, $"{path}.kind", "must be one of the contract's");
        faults.Require(Enum.IsDefined(work.Level), $"{path}.level", "must be one of the contract's");
        faults.Require(work.Categories.Count <= 16 && work.Categories.All(IsLabel), $"{path}.categories", "at most 16 of 1 to 100 characters");
        faults.Require(work.Tags.Count <= 64 && work.Tags.All(IsLabel), $"{path}.tags", "at most 64 of 1 to 100 characters");
        faults.Require(work.ProducerId.Length is > 0 and <= 128, $"{path}.producer_id", "must be 1 to 128 characters");
        faults.Require(IsLanguage(work.LanguageTag), $"{path}.language_tag", "must be a BCP 47 tag, such as zh or en-GB");
        faults.Require(work.Duration is not { Seconds: < 0 }, $"{path}.duration", "must not be negative");
        var price = work.Price is null ? "is required; 0 minor units means free" : MoneyRules.Fault(work.Price);
        faults.Require(price is null, $"{path}.price", price ?? "");
        faults.Require(
            work.AvailableFrom is null || work.AvailableUntil is null || work.AvailableFrom <= work.AvailableUntil,
            $"{path}.available_until", "must not lie before available_from");
    }

    /// <summary>Whether a text is a work's identifier.</summary>
    public static bool IsWorkId(string text) =>
        text.Length is > 0 and <= 128 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or ':' or '-');

    private static bool IsLabel(string text) => text.Length is > 0 and <= 100;

    private static bool IsLanguage(string text) => text.Length is >= 2 and <= 35 && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-');

    private static void CheckTexts(FieldViolations faults, string path, RepeatedField<LocalizedText> texts, int countMin, int lengthMax)
    {
        faults.Require(texts.Count >= countMin && texts.Count <= 8, path, $"must be {countMin} to 8");
        faults.Require(texts.All(text => IsLanguage(text.LanguageTag)), path, "every language_tag must be a BCP 47 tag");
        faults.Require(texts.All(text => text.Text.Length > 0 && text.Text.Length <= lengthMax), path, $"every text must be 1 to {lengthMax} characters");
        faults.Require(texts.Select(text => text.LanguageTag).Distinct().Count() == texts.Count, path, "every language once");
    }
}
