using KpGrpc.InferenceServer.Catalog;
using KpGrpc.InferenceServer.Services.Rules;
using KpGrpc.ServiceDefaults.Validation;
using CatalogProto = KpGrpc.Protos.Catalog.V1;
using Money = KpGrpc.Protos.Type.V1.Money;
using Recommendation = KpGrpc.Protos.Recommendation.V1;

namespace KpGrpc.InferenceServer.Services.Translation;

/// <summary>Filters of searches and recommendations.</summary>
internal static class FilterTranslation
{
    private const int TagsMax = 16;
    private const int ProducersMax = 100;
    private const int HiddenMax = 1000;

    /// <summary>Translates a search filter and records its faults.</summary>
    public static WorkFilter ToDomain(FieldViolations faults, CatalogProto.WorkFilter? sent)
    {
        if (sent is null)
        {
            return WorkFilter.None;
        }

        faults.Require(sent.LanguageTags.Count <= TagsMax, "filter.language_tags", "at most 16");
        faults.Require(sent.ProducerIds.Count <= ProducersMax, "filter.producer_ids", "at most 100");
        faults.Require(sent.Tags.Count <= TagsMax, "filter.tags", "at most 16");
        return new WorkFilter
        {
            Fields = sent.Fields.Select(field => (int)field).Where(field => field != 0).ToHashSet(),
            Kinds = sent.Kinds.Select(kind => (int)kind).Where(kind => kind != 0).ToHashSet(),
            Levels = sent.Levels.Select(level => (int)level).Where(level => level != 0).ToHashSet(),
            Languages = [.. sent.LanguageTags],
            Producers = sent.ProducerIds.ToHashSet(),
            Tags = [.. sent.Tags],
            PriceMax = ToDomain(faults, sent.PriceMax),
            IncludeUnavailable = sent.IncludeUnavailable,
        };
    }

    /// <summary>Translates a recommendation filter and records its faults.</summary>
    public static (WorkFilter Filter, IReadOnlySet<string> Hidden) ToDomain(FieldViolations faults, Recommendation.RecommendationFilter? sent)
    {
        if (sent is null)
        {
            return (WorkFilter.None, new HashSet<string>());
        }

        faults.Require(sent.HiddenWorkIds.Count <= HiddenMax, "filter.hidden_work_ids", "at most 1000");
        faults.Require(sent.LanguageTags.Count <= TagsMax, "filter.language_tags", "at most 16");
        var filter = new WorkFilter
        {
            Fields = sent.Fields.Select(field => (int)field).Where(field => field != 0).ToHashSet(),
            Kinds = sent.Kinds.Select(kind => (int)kind).Where(kind => kind != 0).ToHashSet(),
            Languages = [.. sent.LanguageTags],
            PriceMax = ToDomain(faults, sent.PriceMax),
        };
        return (filter, sent.HiddenWorkIds.ToHashSet());
    }

    private static Price? ToDomain(FieldViolations faults, Money? sent)
    {
        if (sent is null)
        {
            return null;
        }

        var fault = MoneyRules.Fault(sent);
        faults.Require(fault is null, "filter.price_max", fault ?? "");
        return new Price(sent.MinorUnits, sent.CurrencyCode, sent.Exponent);
    }
}
