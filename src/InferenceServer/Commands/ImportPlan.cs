using KpGrpc.InferenceServer.Events;
using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>What an import was asked to do.</summary>
/// <param name="Server">Address of the server's gRPC port.</param>
/// <param name="Catalogue">Catalogue file, or null.</param>
/// <param name="Histories">History files.</param>
/// <param name="Format">How they are written.</param>
/// <param name="Kind">What happened where they do not say.</param>
/// <param name="Prices">File whose prices the works take, or null.</param>
/// <param name="Wait">Wait for the model.</param>
internal sealed record ImportPlan(
    Uri Server, string? Catalogue, IReadOnlyList<string> Histories, HistoryFormat Format, EventKind Kind, string? Prices, bool Wait);
