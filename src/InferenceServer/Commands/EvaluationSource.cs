using KpGrpc.InferenceServer.Import;

namespace KpGrpc.InferenceServer.Commands;

/// <summary>A data set to read.</summary>
/// <param name="Name">Its name in the results.</param>
/// <param name="Path">Its file.</param>
/// <param name="Format">How the file is written.</param>
internal sealed record EvaluationSource(string Name, string Path, HistoryFormat Format);
