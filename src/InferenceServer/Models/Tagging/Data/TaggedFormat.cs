namespace KpGrpc.InferenceServer.Models.Tagging.Data;

/// <summary>How a file of tagged texts is written.</summary>
internal enum TaggedFormat
{
    /// <summary>Found out from the first line that is not empty.</summary>
    Auto,

    /// <summary>JSON Lines of CLUENER2020: <c>{"text","label":{label:{mention:[[start,end_inclusive]]}}}</c>.</summary>
    Cluener,

    /// <summary>One token and its tag a line, sentences parted by empty lines; tags B and I (CoNLL-2002, CoNLL-2003).</summary>
    Bio,

    /// <summary>The same with tags for ends and single tokens (BMES, BIOES, BILOU).</summary>
    Bmes,
}
