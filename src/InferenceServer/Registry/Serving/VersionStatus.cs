namespace KpGrpc.InferenceServer.Registry.Serving;

/// <summary>What is known of a version at one moment.</summary>
/// <param name="Name">Model.</param>
/// <param name="Version">Version.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why; empty where there is nothing to say.</param>
/// <param name="Folder">Its folder; null where the card cannot be read.</param>
/// <param name="Device">Device that it is loaded on, such as <c>cuda:0</c>; empty where it is not loaded.</param>
/// <param name="Instances">Instances that serve it.</param>
/// <param name="TrafficPpm">Share of the model's traffic in parts per million.</param>
/// <param name="Shadow">It receives copies whose answers are thrown away.</param>
/// <param name="LoadedAt">When it became ready; null where it is not loaded.</param>
internal sealed record VersionStatus(
    string Name, string Version, VersionState State, string Reason, ModelFolder? Folder, string Device, int Instances, int TrafficPpm, bool Shadow, DateTimeOffset? LoadedAt);
