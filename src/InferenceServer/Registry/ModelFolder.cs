using System.Security.Cryptography;
using System.Text.Json;

namespace KpGrpc.InferenceServer.Registry;

/// <summary>One published version on disk: a card and the files that it lists. Never changed once it is published.</summary>
/// <param name="Path">The folder, absolute.</param>
/// <param name="Card">Its card.</param>
internal sealed record ModelFolder(string Path, ModelCard Card)
{
    /// <summary>Name of the card's file.</summary>
    public const string CardFile = "card.json";

    /// <summary>Name of the file with the golden set; optional.</summary>
    public const string GoldenFile = "golden.json";

    /// <summary>Bytes of all files that the card lists.</summary>
    public long Bytes => Card.Files.Sum(file => file.Bytes);

    /// <summary>Reads a folder's card; the files are checked by <see cref="Verify"/>.</summary>
    /// <exception cref="ModelFaultException">There is no card, or it is not one of this folder.</exception>
    public static ModelFolder Open(string path)
    {
        var file = System.IO.Path.Combine(path, CardFile);
        try
        {
            using var stream = File.OpenRead(file);
            var card = JsonSerializer.Deserialize(stream, CardJson.Default.ModelCard) ?? throw new JsonException("it holds null");
            CardRules.Check(card, file);
            return new ModelFolder(System.IO.Path.GetFullPath(path), card);
        }
        catch (Exception failure) when (failure is JsonException or NotSupportedException)
        {
            throw new ModelFaultException($"{file} is not a model card: {failure.Message}", failure);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new ModelFaultException($"{file} cannot be read: {failure.Message}", failure);
        }
    }

    /// <summary>Full path of a file of this version.</summary>
    /// <exception cref="ModelFaultException">The card does not list it.</exception>
    public string FileOf(string name) => Card.Files.Any(file => file.Path == name)
        ? System.IO.Path.Combine(Path, name)
        : throw new ModelFaultException($"{System.IO.Path.Combine(Path, CardFile)} lists no file {name}");

    /// <summary>Compares every file with the card.</summary>
    /// <exception cref="ModelFaultException">One is missing or differs.</exception>
    public void Verify(CancellationToken cancellationToken)
    {
        foreach (var listed in Card.Files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var file = System.IO.Path.Combine(Path, listed.Path);
            var found = File.Exists(file) ? Describe(Path, file) : throw new ModelFaultException($"{file} is missing");
            if (found != listed)
            {
                throw new ModelFaultException($"{file} differs from its card: {found.Bytes} bytes with SHA-256 {found.Sha256}, not {listed.Bytes} with {listed.Sha256}; publish the version again");
            }
        }
    }

    /// <summary>A file as cards list it.</summary>
    internal static CardFile Describe(string folder, string file)
    {
        using var stream = File.OpenRead(file);
        var hash = Convert.ToHexStringLower(SHA256.HashData(stream));
        return new CardFile(System.IO.Path.GetRelativePath(folder, file).Replace('\\', '/'), stream.Length, hash);
    }
}
