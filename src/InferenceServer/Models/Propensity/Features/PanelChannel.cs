namespace KpGrpc.InferenceServer.Models.Propensity.Features;

/// <summary>One series of a panel.</summary>
/// <param name="Name">Its name within the panel.</param>
/// <param name="Columns">Its columns, oldest step first.</param>
internal sealed record PanelChannel(string Name, IReadOnlyList<string> Columns);
