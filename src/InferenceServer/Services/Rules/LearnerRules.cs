using KpGrpc.ServiceDefaults.Validation;

namespace KpGrpc.InferenceServer.Services.Rules;

/// <summary>The rules of learner identifiers, as the contract states them.</summary>
internal static class LearnerRules
{
    private const int LengthMax = 128;

    /// <summary>Records a fault of one identifier.</summary>
    public static void Check(FieldViolations faults, string field, string learnerId) =>
        faults.Require(learnerId.Length is > 0 and <= LengthMax, field, "must be 1 to 128 characters");

    /// <summary>Records the faults of a list: 1 to <paramref name="countMax"/>, each once.</summary>
    public static void CheckAll(FieldViolations faults, string field, IList<string> learnerIds, int countMax)
    {
        faults.Require(learnerIds.Count >= 1 && learnerIds.Count <= countMax, field, $"must be 1 to {countMax}");
        faults.Require(learnerIds.Distinct().Count() == learnerIds.Count, field, "every learner once");
        for (var at = 0; at < learnerIds.Count; at++)
        {
            Check(faults, $"{field}[{at}]", learnerIds[at]);
        }
    }
}
