namespace EdgeSplit.Core.Transformers;

/// <summary>One model of the catalogue.</summary>
/// <param name="Name">Catalogue name in lower-case kebab form, such as <c>llama-2-7b</c>.</param>
/// <param name="Shape">The model's shape; its name equals <paramref name="Name"/>.</param>
/// <param name="Source">Where the shape comes from.</param>
public sealed record ModelEntry(string Name, TransformerShape Shape, string Source);
