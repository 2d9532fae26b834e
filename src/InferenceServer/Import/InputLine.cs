namespace KpGrpc.InferenceServer.Import;

/// <summary>One line of a text file.</summary>
/// <param name="Number">From 1.</param>
/// <param name="Text">Without its line end.</param>
internal readonly record struct InputLine(long Number, string Text);
