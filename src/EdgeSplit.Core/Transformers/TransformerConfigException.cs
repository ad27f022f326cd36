namespace EdgeSplit.Core.Transformers;

/// <summary>A model configuration that cannot be used: says the file, the JSON key, what was found and what is allowed.</summary>
/// <remarks>The only exception that <see cref="HuggingFaceConfig"/> throws for the contents or the absence of a file.</remarks>
public sealed class TransformerConfigException : FormatException
{
    /// <summary>Creates the error; the message is <c>source: key: found ..., allowed ...</c>.</summary>
    /// <param name="source">The file, or the name given to a text.</param>
    /// <param name="key">The JSON key, dots between levels, such as <c>text_config.model_type</c>; empty when the whole file is meant.</param>
    /// <param name="found">What was found.</param>
    /// <param name="allowed">What is allowed.</param>
    /// <param name="innerException">The cause, where there is one.</param>
    public TransformerConfigException(string source, string key, string found, string allowed, Exception? innerException = null)
        : base($"{source}: {(string.IsNullOrEmpty(key) ? "" : key + ": ")}found {found}; allowed: {allowed}.", innerException)
    {
        (ConfigSource, Key, Found, Allowed) = (source, key, found, allowed);
    }

    /// <summary>The file, or the name given to a text.</summary>
    public string ConfigSource { get; }

    /// <summary>The JSON key, dots between levels; empty when the whole file is meant.</summary>
    public string Key { get; }

    /// <summary>What was found.</summary>
    public string Found { get; }

    /// <summary>What is allowed.</summary>
    public string Allowed { get; }
}
