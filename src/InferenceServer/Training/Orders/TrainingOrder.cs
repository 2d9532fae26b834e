namespace KpGrpc.InferenceServer.Training.Orders;

/// <summary>A training that somebody wants.</summary>
/// <param name="Model">Name of the model.</param>
/// <param name="Version">Version to publish.</param>
/// <param name="Dataset">Full path of the data; null for the server's own events.</param>
/// <param name="DatasetName">Name of the data in the card.</param>
/// <param name="BaseVersion">Version to start from; null for from scratch.</param>
/// <param name="Options">Options by name.</param>
/// <param name="Seed">Seed of all randomness.</param>
/// <param name="EpochsMax">Passes over the data at most; 0 for the trainer's default.</param>
/// <param name="Device"><c>auto</c>, <c>cpu</c> or <c>cuda</c>.</param>
/// <param name="WorkFolder">Folder for checkpoints.</param>
internal sealed record TrainingOrder(
    string Model, string Version, string? Dataset, string DatasetName, string? BaseVersion, IReadOnlyDictionary<string, string> Options, ulong Seed, int EpochsMax, string Device, string WorkFolder);
