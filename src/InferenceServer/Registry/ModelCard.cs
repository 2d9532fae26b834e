using System.Text.Json.Nodes;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>What is known of one version of a model: <c>card.json</c> in its folder, names in snake_case. Immutable.</summary>
/// <remarks>What a card leaves out comes from the JSON reader as null; the accessors turn it into nothing.</remarks>
internal sealed record ModelCard
{
    /// <summary>Name of the model, 1 to 64 characters of <c>[a-z0-9-]</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Version, 1 to 64 characters of <c>[A-Za-z0-9_.-]</c>, not starting with a point.</summary>
    public required string Version { get; init; }

    /// <summary>What it does.</summary>
    public required ModelTask Task { get; init; }

    /// <summary>Which <see cref="IModelLoader"/> reads the folder, such as <c>sequence-transformer</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>When it was published; the newest passing version serves after a start.</summary>
    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Name of the data that it was trained on.</summary>
    public string Dataset { get; init => field = value ?? ""; } = "";

    /// <summary>Version of the code that made it.</summary>
    public string CodeVersion { get; init => field = value ?? ""; } = "";

    /// <summary>Labels in the order of the outputs.</summary>
    public IReadOnlyList<string> Labels { get; init => field = value ?? []; } = [];

    /// <summary>Measured figures by name.</summary>
    public IReadOnlyDictionary<string, CardMetric> Metrics { get; init => field = value ?? new Dictionary<string, CardMetric>(); } = new Dictionary<string, CardMetric>();

    /// <summary>The metric that decides on promotion, greater is better; empty for none.</summary>
    public string GateMetric { get; init => field = value ?? ""; } = "";

    /// <summary>The loader's own settings: widths, lengths, special tokens. Null for none.</summary>
    public JsonObject? Settings { get; init; }

    /// <summary>The file among <see cref="Files"/> that holds the weights; empty for a model without.</summary>
    public string WeightsFile { get; init => field = value ?? ""; } = "";

    /// <summary>All files but the card itself; <see cref="ModelFolders"/> fills it in.</summary>
    public IReadOnlyList<CardFile> Files { get; init => field = value ?? []; } = [];
}
