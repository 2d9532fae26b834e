using System.Text.RegularExpressions;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>What a card must hold to be one.</summary>
internal static partial class CardRules
{
    /// <summary>Rule of model names, in words.</summary>
    public const string NameRule = "must be 1 to 64 characters of a-z 0-9 -";

    /// <summary>Rule of versions, in words.</summary>
    public const string VersionRule = "must be 1 to 64 characters of A-Z a-z 0-9 _ . -, not starting with a point";

    /// <summary>Whether a text can name a model.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>Whether a text can name a version.</summary>
    public static bool IsVersion(string text) => Version().IsMatch(text);

    /// <summary>Checks a card.</summary>
    /// <param name="card">The card.</param>
    /// <param name="source">Where it was read from, for the message.</param>
    /// <exception cref="ModelFaultException">A rule is broken; the message names all that are.</exception>
    public static void Check(ModelCard card, string source)
    {
        var faults = new List<string>();
        Require(faults, IsName(card.Name), $"name {NameRule}");
        Require(faults, IsVersion(card.Version), $"version {VersionRule}");
        Require(faults, Enum.IsDefined(card.Task) && card.Task != ModelTask.None, "task must be one of the contract's");
        Require(faults, card.Kind.Length > 0, "kind must name a loader");
        Require(faults, card.GateMetric.Length == 0 || card.Metrics.ContainsKey(card.GateMetric), $"gate_metric {card.GateMetric} must be among metrics");
        Require(faults, card.Metrics.Values.All(metric => double.IsFinite(metric.Value)), "metrics must be finite");
        Require(faults, card.Files.All(file => IsInside(file.Path)), "files must lie inside the folder");
        Require(faults, card.WeightsFile.Length == 0 || card.Files.Count == 0 || card.Files.Any(file => file.Path == card.WeightsFile), $"weights_file {card.WeightsFile} must be among files");
        if (faults.Count > 0)
        {
            throw new ModelFaultException($"{source} is not a model card: {string.Join("; ", faults)}");
        }
    }

    private static void Require(List<string> faults, bool holds, string rule)
    {
        if (!holds)
        {
            faults.Add(rule);
        }
    }

    private static bool IsInside(string path) =>
        path.Length > 0 && !Path.IsPathRooted(path) && !path.Split('/', '\\').Any(part => part is ".." or "." or "");

    [GeneratedRegex("^[a-z0-9-]{1,64}\\z")]
    private static partial Regex Name();

    [GeneratedRegex("^[A-Za-z0-9_-][A-Za-z0-9_.-]{0,63}\\z")]
    private static partial Regex Version();
}
