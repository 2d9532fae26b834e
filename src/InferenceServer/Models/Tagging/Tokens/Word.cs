namespace KpGrpc.InferenceServer.Models.Tagging.Tokens;

/// <summary>A word of a text as WordPiece sees it.</summary>
/// <param name="Text">The normalized characters: lower-case and without accents where the vocabulary is.</param>
/// <param name="Origins">For each UTF-16 unit of <paramref name="Text"/>, the code point of the original text that it came from.</param>
internal readonly record struct Word(string Text, int[] Origins);
